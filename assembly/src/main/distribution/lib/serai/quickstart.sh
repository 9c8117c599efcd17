# shellcheck shell=bash
# From nothing to a node that answers; may be run again.

SAMPLE_SECONDS=20

command_quickstart() {
  no_more_arguments
  start_node
  local sample=$NODE_DIR/deploy/Hello.java marker=$NODE_DIR/run/quickstart
  if [[ ! -f $marker ]]; then
    # the sample is given once: afterwards it belongs to the person, who may edit or remove it
    if [[ ! -e $sample ]]; then
      put_sample || fail 1 "The sample cannot be copied to $sample."
    fi
    : >"$marker"
    await_sample
  fi
  print_quickstart "$sample"
}

# The node ignores names that begin with a dot, so it never sees half of a file.
put_sample() {
  cp "$DISTRIBUTION/examples/hello/Hello.java" "$NODE_DIR/deploy/.Hello.java" \
    && mv "$NODE_DIR/deploy/.Hello.java" "$NODE_DIR/deploy/Hello.java"
}

await_sample() {
  local begin verdict=$NODE_DIR/verdicts/Hello.java.json
  begin=$(milliseconds)
  until http_get '/hello?name=Ann'; do
    if (($(milliseconds) - begin > SAMPLE_SECONDS * 1000)); then
      [[ -f $verdict ]] && cat "$verdict" >&2
      fail 7 "The sample service did not answer within $SAMPLE_SECONDS s (HTTP ${HTTP_STATUS:-no answer})." "$SELF logs"
    fi
    sleep 0.05
  done
  say "Deployed the sample service in $(seconds_since "$begin")."
}

print_quickstart() {
  local url="http://localhost:$HTTP_PORT/hello?name=Ann"
  if [[ -e $1 ]]; then
    http_get '/hello?name=Ann'
    printf "\n  curl '%s'\n  %s\n" "$url" "$HTTP_BODY"
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
  say "  $SELF stop"
  say "      stops the node, until $SELF start"
}
