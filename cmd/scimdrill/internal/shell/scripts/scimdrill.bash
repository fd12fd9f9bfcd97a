# Completes scimdrill in bash. For example: source <(scimdrill completion bash)
_scimdrill() {
	local line word program="${COMP_WORDS[0]/#\~/$HOME}" files=
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ $line == :files ]]; then
			files=1
			continue
		fi
		word="${line%%$'\t'*}"
		# bash takes a word apart at "=", and completes what is behind it.
		if [[ ${COMP_WORDS[COMP_CWORD]} == = || ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
			word="${word#*=}"
		fi
		COMPREPLY+=("$word")
	done < <("$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	if [[ -n $files ]]; then compopt -o default 2>/dev/null; fi
}
complete -F _scimdrill scimdrill
