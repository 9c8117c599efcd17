# shellcheck shell=bash
# What runs, and what it logs.

command_version() {
  no_more_arguments
  say "Serai $SERAI_VERSION on Apache Karaf $KARAF_VERSION"
}

# Exits with 0 if all nodes are ready, 3 if none runs, and 1 otherwise.
command_status() {
  local name codes=''
  no_more_arguments --json
  for name in "${NODES[@]}"; do
    use_node "$name"
    node_status
    codes+=$?
  done
  case $codes in
    *[!0]*) [[ $codes == *[!3]* ]] && exit 1 || exit 3 ;;
  esac
}

# Says how a node stands; returns 0 if it is ready, 1 if it runs and is not, 3 if it does not run.
node_status() {
  local state=stopped code=3 since=''
  if find_process; then
    state='not ready' code=1
    ready && state=ready code=0
    printf -v since '%(%Y-%m-%dT%H:%M:%S%z)T' "$RUNS_SINCE"
  fi
  if [[ $FLAGS == *' --json '* ]]; then
    status_json "$state" "$since"
  else
    status_text "$state" "$since"
  fi
  return $code
}

status_json() {
  printf '{"node":%s,"state":%s,"version":%s' "$(json_string "$NODE")" "$(json_string "$1")" "$(json_string "$SERAI_VERSION")"
  if [[ -n $PID ]]; then
    printf ',"pid":%s,"since":"%s","http":"http://localhost:%s","shell":"ssh://127.0.0.1:%s","admin":"https://%s:%s"' \
      "$PID" "$2" "$HTTP_PORT" "$SHELL_PORT" "$HOST" "$ADMIN_PORT"
  fi
  printf ',"deploy":%s,"log":%s}\n' "$(json_string "$NODE_DIR/deploy")" "$(json_string "$NODE_DIR/log/serai.log")"
}

status_text() {
  if [[ ! -d $NODE_DIR ]]; then
    say "$NODE has not been created in $HOME_DIR. To do it: $SELF quickstart"
    return
  fi
  if [[ -z $PID ]]; then
    say "$NODE does not run. To start it: $SELF start $NODE"
    return
  fi
  say "$NODE is $1. It runs since $2 (pid $PID)."
  [[ $1 == ready ]] || say "  Reason       ${HTTP_BODY:-it does not answer yet}"
  print_places
}

print_places() {
  say "  Services     http://localhost:$HTTP_PORT"
  say "  API          http://localhost:$HTTP_PORT/openapi.json"
  say "  Drop folder  $NODE_DIR/deploy"
  say "  Log          $NODE_DIR/log/serai.log"
}

command_logs() {
  local lines=100 follow=() word
  while ((${#ARGUMENTS[@]})); do
    word=${ARGUMENTS[0]}
    case $word in
      -f | --follow) follow=(-F) ;;
      -n | --lines)
        lines=${ARGUMENTS[1]-}
        [[ $lines =~ ^[0-9]+$ ]] || usage "$word needs a number."
        ARGUMENTS=("${ARGUMENTS[@]:1}")
        ;;
      *) unknown option "$word" -f --follow -n --lines --home --node ;;
    esac
    ARGUMENTS=("${ARGUMENTS[@]:1}")
  done
  [[ -f $NODE_DIR/log/serai.log ]] || fail 3 "$NODE has no log, because it never ran." "$SELF start $NODE"
  exec tail -n "$lines" ${follow[@]+"${follow[@]}"} "$NODE_DIR/log/serai.log"
}
