"""Completion in bash, with what Click's own loses: names with spaces, quotes and colons, and names beside files."""

from __future__ import annotations

import os
import shlex

from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

_SOURCE = """\
%(complete_func)s() {
    local IFS=$'\\n' line names=() files= cur=${COMP_WORDS[COMP_CWORD]}
    for line in $(TICKER_LINE="${COMP_LINE:0:COMP_POINT}" TICKER_BREAKS=$COMP_WORDBREAKS \
%(complete_var)s=bash_complete "$1"); do
        case $line in
            plain,*) names+=("${line#plain,}") ;;
            *) files=${line%%%%,*} ;;
        esac
    done
    if [[ $files && ${#names[@]} -eq 0 ]]; then
        [[ $files == dir ]] && compopt -o dirnames || compopt -o default
        return
    fi
    [[ $files ]] && names+=($(compgen -f -- "$cur"))
    # Readline escapes only the names of files.
    [[ "${names[*]}" == *[!A-Za-z0-9_.,/:=+%%@$'\\n'-]* ]] && compopt -o filenames
    COMPREPLY=("${names[@]}")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Click's bash completion, with the line parsed here and completions shortened to bash's word breaks."""

    name = "bash"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words before the cursor, and the incomplete one."""
        line = os.environ.get("TICKER_LINE")
        if line is None:  # the shell was started with the script of an older version
            return super().get_completion_args()
        words = split_arg_string(line)
        is_new = not words or (line[-1:].isspace() and _is_complete(line))
        return (words[1:], "") if is_new else (words[1:-1], words[-1])

    def complete(self) -> str:
        """Return the completions, one per line."""
        args, incomplete = self.get_completion_args()
        given = _before_break(incomplete, os.environ.get("TICKER_BREAKS", ""), os.environ.get("TICKER_LINE", ""))
        return "\n".join(
            self.format_completion(_shortened(item, given)) for item in self.get_completions(args, incomplete)
        )


def _is_complete(line: str) -> bool:
    """Return whether the line ends outside quotes and without an escaping backslash."""
    try:
        shlex.split(line)
    except ValueError:
        return False
    return not line.rstrip().endswith("\\") or line.endswith("  ")


def _before_break(word: str, breaks: str, line: str) -> str:
    """Return the part of a word up to its last word break of bash; inside quotes there are none."""
    if not _is_complete(line):
        return ""
    return word[: 1 + max((word.rfind(sign) for sign in breaks if sign in ":="), default=-1)]


def _shortened(item: CompletionItem[str], given: str) -> CompletionItem[str]:
    value = item.value
    if item.type == "plain" and given and value.startswith(given):
        value = value[len(given) :]
    return CompletionItem(value, item.type, item.help)


def register() -> None:
    """Replace Click's bash completion."""
    add_completion_class(Bash)
