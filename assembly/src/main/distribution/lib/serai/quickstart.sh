# shellcheck shell=bash
# From nothing to a cluster that answers; may be run again.

SAMPLE_SECONDS=20

command_quickstart() {
  local number count=2
  if [[ ${ARGUMENTS[0]-} == --nodes=* ]]; then
    ARGUMENTS=(--nodes "${ARGUMENTS[0]#*=}" "${ARGUMENTS[@]:1}")
  fi
  if [[ ${ARGUMENTS[0]-} == --nodes ]]; then
    count=${ARGUMENTS[1]-}
    [[ $count =~ ^[1-9][0-9]?$ ]] || usage "--nodes needs a number from 1 to 99."
    ARGUMENTS=("${ARGUMENTS[@]:2}")
  fi
  no_more_arguments --nodes
  for ((number = 1; number <= count; number++)); do
    use_node "node$number"
    start_node
  done
  use_node node1
  local sample=$NODE_DIR/deploy/Hello.java marker=$NODE_DIR/run/quickstart
  if [[ ! -f $marker ]]; then
    # the sample is given once: afterwards it belongs to the person, who may edit or remove it
    if [[ ! -e $sample ]]; then
      put_sample || fail 1 "The sample cannot be copied to $sample."
    fi
    : >"$marker"
    await_sample "$count"
  fi
  print_quickstart "$sample" "$count"
}

# The node ignores names that begin with a dot, so it never sees half of a file.
put_sample() {
  cp "$DISTRIBUTION/examples/hello/Hello.java" "$NODE_DIR/deploy/.Hello.java" \
    && mv "$NODE_DIR/deploy/.Hello.java" "$NODE_DIR/deploy/Hello.java"
}

# await_sample COUNT: until so many nodes answer
await_sample() {
  local begin number verdict
  begin=$(milliseconds)
  for ((number = 1; number <= $1; number++)); do
    use_node "node$number"
    verdict=$NODE_DIR/verdicts/Hello.java.json
    until http_get '/hello?name=Ann'; do
      if (($(milliseconds) - begin > SAMPLE_SECONDS * 1000)); then
        [[ -f $verdict ]] && cat "$verdict" >&2
        fail 7 "$NODE did not answer with the sample service within $SAMPLE_SECONDS s (HTTP ${HTTP_STATUS:-no answer})." \
          "$SELF logs $NODE"
      fi
      sleep 0.05
    done
  done
  use_node node1
  say "Deployed the sample service on node1 in $(seconds_since "$begin"); $1 nodes answer."
}

# print_quickstart SAMPLE COUNT
print_quickstart() {
  local number
  if [[ -e $1 ]]; then
    for ((number = 1; number <= $2; number++)); do
      use_node "node$number"
      http_get '/hello?name=Ann'
      printf "\n  curl 'http://localhost:%s/hello?name=Ann'\n  %s\n" "$HTTP_PORT" "$HTTP_BODY"
    done
    use_node node1
  fi
  printf '\n'
  print_places
  printf '\nNext:\n'
  if [[ -e $1 ]]; then
    say "  Edit $(quoted "$1"), save, and call it again."
  fi
  say "  $SELF service new orders.get --into deploy"
  say "      makes a service of your own, which answers at http://localhost:$HTTP_PORT/orders/get"
  say "  $SELF shell"
  say "      opens the shell of the node; deploy:list shows what is deployed"
  say "  $SELF cluster status"
  say "      shows the nodes; $SELF node add starts one more"
  say "  $SELF stop"
  say "      stops all nodes, until $SELF start"
}
