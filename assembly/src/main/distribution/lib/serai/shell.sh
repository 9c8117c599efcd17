# shellcheck shell=bash
# The shell of a node, over SSH with the node's key.

command_shell() {
  find_process || fail 3 "$NODE does not run, so its shell cannot be opened." "$SELF start $NODE"
  find_java
  local connection=(shell "$NODE_DIR/etc" "$SHELL_PORT")
  if ((${#ARGUMENTS[@]} == 0)); then
    [[ -t 0 ]] || usage "The shell needs a terminal, or a command to run."
    run_cli "${connection[@]}"
  elif [[ -t 1 ]]; then
    run_cli "${connection[@]}" "${ARGUMENTS[*]}"
  else
    # colours are for terminals
    run_cli "${connection[@]}" "${ARGUMENTS[*]}" | sed $'s/\e\\[[0-9;]*m//g'
    return "${PIPESTATUS[0]}"
  fi
}
