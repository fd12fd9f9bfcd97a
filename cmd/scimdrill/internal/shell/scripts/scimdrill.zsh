#compdef scimdrill
# Completes scimdrill in zsh. Save it as _scimdrill in a folder of $fpath, or source it.
_scimdrill() {
	local line files
	local -a list
	while IFS= read -r line; do
		if [[ $line == :files ]]; then
			files=1
			continue
		fi
		list+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
	done < <("${words[1]/#\~/$HOME}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
	if (( $#list )); then _describe -V scimdrill list; fi
	if [[ -n $files ]]; then _files; fi
}
if [[ "${funcstack[1]}" == _scimdrill ]]; then
	_scimdrill "$@"
else
	compdef _scimdrill scimdrill
fi
