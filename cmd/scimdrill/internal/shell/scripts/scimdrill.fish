# Completes scimdrill in fish. For example: scimdrill completion fish | source
function __scimdrill_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (command $words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            printf '%s\n' $line
        end
    end
end
complete -c scimdrill -f -a '(__scimdrill_complete)'
