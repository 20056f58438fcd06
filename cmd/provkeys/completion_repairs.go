package main

import "strings"

// The scripts of bash and zsh evaluate the line as it is typed, for the sake of
// variables. A command in it would run at each press of the tab key, so such a line has
// no candidates.
const (
	evaluating = "    # Use eval to handle any environment variables and such\n"
	guarding   = "    case ${requestComp} in\n    *'`'* | *'$('* | *'<('* | *'>('* | *'=('*) out= directive=4; return 1 ;;\n    esac\n"
)

func evaluatesNothing(script string) string {
	return strings.Replace(script, evaluating, guarding+evaluating, 1)
}

// The script of zsh starts a process for each candidate, to write a tab.
const (
	zshFork = `local tab="$(printf '\t')"`
	zshTab  = `local tab=$'\t'`
)

// Shells take the last of several functions with one name, so what follows stands in
// place of what the scripts have.

// bashRepairs lets bash complete without the bash-completion package, which small
// machines lack, and quotes candidates before bash inserts what several have in common:
// with blanks in it that would become several words. A comma needs none, and is hardly
// typed with one.
const bashRepairs = `
__provkeys_init_completion()
{
    COMPREPLY=()
    if declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref "$@" cur prev words cword
        return
    fi
    # Readline splits at = and :, which are within our words.
    local i word glue=
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i > 0)) && { [[ -n $glue ]] || [[ $word == [=:]* ]]; } && [[ ${#words[@]} -gt 1 ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        glue=
        [[ $word == *[=:] ]] && glue=1
    done
    cword=$((${#words[@]} - 1))
    cur=${words[cword]}
    prev=${words[cword > 0 ? cword - 1 : 0]}
}

__provkeys_handle_standard_completion_case()
{
    local tab=$'\t' longest=0 compline plain comp
    for compline in "${completions[@]}"; do
        plain=${compline%%"$tab"*}
        printf -v comp '%q' "$plain"
        [[ $comp == "$cur"* || $plain == "$cur"* ]] || continue
        # A comma counts within braces alone, which are quoted.
        [[ $comp == "$'"* ]] || comp=${comp//\\,/,}
        COMPREPLY+=("$comp${compline#"$plain"}")
        ((${#comp} > longest)) && longest=${#comp}
    done
    if ((${#COMPREPLY[@]} == 1)); then
        COMPREPLY[0]=${COMPREPLY[0]%%"$tab"*}
    else
        __provkeys_format_comp_descriptions "$longest"
    fi
}
`

// fishRepairs quotes the words in front of the cursor again before they are evaluated:
// fish takes their quotes off, and what stood in them would run.
const fishRepairs = `
function __provkeys_perform_completion
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    # A quote that is still open stays as it is.
    set -l last (string unescape -- "$typed"; or echo "$typed")
    set -l results (eval "PROVKEYS_ACTIVE_HELP=0 $words[1] __complete" (string escape -- $words[2..-1] "$last") 2>/dev/null)
    set -l flag (string match -r -- '^-.*=' "$typed")
    for candidate in $results[1..-2]
        printf '%s%s\n' "$flag" "$candidate"
    end
    printf '%s\n' $results[-1]
end
`
