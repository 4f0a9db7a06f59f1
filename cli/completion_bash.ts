/**
 * The script for bash. The one that `@bomb.sh/tab` prints needs the bash-completion package, cannot be
 * read twice, and evaluates the words that are being typed: `$(…)` in them would be run by a press of
 * the tabulator key.
 */
export function bashScript(name: string): string {
  return String.raw`# bash completion for ${name}
__${name}_complete() {
    local cur=$2 word out directive words=() join=
    # Bash cuts words at "=" and ":"; we want them whole.
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $word == [=:] || $join ]] && (( \${#words[@]} )); then
            words[\${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == [=:] ]] && join=1 || join=
    done
    [[ $cur == [=:] ]] && cur=
    out=$(${name} complete -- "\${words[@]}" 2>/dev/null) || return
    directive=\${out##*:}
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        word=\${word#--*=}
        [[ $word && $word != :* && $word == "$cur"* ]] && COMPREPLY+=("$word")
    done <<< "$out"
    # 4: no names of files
    if (( \${#COMPREPLY[@]} == 0 && !(directive & 4) )); then
        compopt -o default 2>/dev/null
    fi
}
complete -F __${name}_complete ${name}`.replaceAll("\\${", "${");
}
