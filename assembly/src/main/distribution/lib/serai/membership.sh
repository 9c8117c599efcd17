# shellcheck shell=bash
# The cluster: how a node of this home comes in, and goes.

SETTLE_SECONDS=20 FIRST_PASSWORD='' MADE_PASSWORD=''

# Gives a node that belongs to no cluster yet what it needs to join one: the token of the command line, or one from
# another node of this home. The first node of a home founds a cluster, with a password for its first administrator.
prepare_membership() {
  local secret=$TOKEN other
  [[ ! -f $NODE_DIR/identity/node.crt ]] || return 0
  if [[ -z $secret ]] && other=$(another_member); then
    secret=$(in_shell_of "$other" cluster:token-create) \
      || fail 1 "$other gave no token that $NODE could join with." "$SELF logs $other"
  elif [[ -z $secret ]] && has_members; then
    fail 3 "$NODE cannot join, because no node of $HOME_DIR runs." "$SELF start"
  fi
  if [[ -z $secret ]]; then
    make_first_password
    return
  fi
  rm -f "$NODE_DIR/identity/join-refused" "$NODE_DIR/run/first-admin"
  (umask 077 && mkdir -p "$NODE_DIR/identity" && printf '%s\n' "$secret" >"$NODE_DIR/identity/join-token") \
    || fail 1 "The token cannot be written to $NODE_DIR/identity."
}

# Makes up the password of the first administrator, unless a start that did not come so far has.
make_first_password() {
  [[ -s $NODE_DIR/run/first-admin ]] || make_password "$NODE_DIR/run/first-admin"
}

# make_password FILE: makes one up, and sets MADE_PASSWORD. It goes by no argument, no variable of the environment and no log:
# the node reads it from the file, which only its user may read, and removes that.
make_password() {
  # 24 of 56 characters, none of which looks like another: 139 bits
  MADE_PASSWORD=$(head -c 1000 /dev/urandom | LC_ALL=C tr -dc 'A-HJ-NP-Za-km-np-z2-9' | head -c 24)
  if ! (umask 077 && ((${#MADE_PASSWORD} == 24)) && printf '%s' "$MADE_PASSWORD" >"$1.new" && mv "$1.new" "$1"); then
    rm -f "$1.new"
    fail 1 "The password of the administrator cannot be written to $1."
  fi
}

# Sets FIRST_PASSWORD, if the node that is to be started has one to take over.
take_first_password() {
  FIRST_PASSWORD=''
  if [[ -s $NODE_DIR/run/first-admin ]]; then
    FIRST_PASSWORD=$(<"$NODE_DIR/run/first-admin")
  fi
}

# Shows the password once, when the node has made the administrator.
show_first_password() {
  local begin
  [[ -n $FIRST_PASSWORD ]] || return 0
  begin=$(milliseconds)
  while [[ -f $NODE_DIR/run/first-admin ]]; do
    if (($(milliseconds) - begin > SETTLE_SECONDS * 1000)); then
      complain "$NODE has not made the first administrator yet; its password is shown by the next start." "$SELF logs $NODE"
      return
    fi
    sleep 0.1
  done
  printf '\n  The first administrator of this cluster, shown this once:\n\n    user      admin\n    password  %s\n\n' "$FIRST_PASSWORD"
  printf '  To log in:     %s login --user admin\n  To change it:  %s user set admin --password-stdin\n\n' "$SELF" "$SELF"
  FIRST_PASSWORD=''
}

# Whether the node has no token, or has joined with it.
admitted() {
  [[ -f $NODE_DIR/identity/node.crt || ! -f $NODE_DIR/identity/join-token ]]
}

# require_admission OFFSET: ends a node that the cluster did not let in, or that found none, and says why
require_admission() {
  local reason=$NODE_DIR/identity/join-refused
  if [[ -f $reason ]]; then
    stop_process
    fail 1 "$NODE was not let in: $(<"$reason")" "$SELF start $NODE --join TOKEN, with a new token of cluster:token-create"
  fi
  if ! admitted && tail -c +"$(($1 + 1))" "$NODE_DIR/log/serai.log" 2>/dev/null | grep -q 'Cannot join a cluster'; then
    why_not "$1"
    stop_process
    fail 1 "$NODE has not joined the cluster of its token, which it still has." "$SELF start $NODE"
  fi
}

# Whether another node of this home belongs to a cluster.
has_members() {
  local name
  for name in $(home_nodes); do
    [[ $name == "$NODE" || ! -f $HOME_DIR/$name/identity/node.crt ]] || return 0
  done
  return 1
}

# Prints a node of this home that runs, other than NODE.
another_member() {
  local name
  for name in $(home_nodes); do
    if [[ $name != "$NODE" ]] && (use_node "$name" && find_process); then
      printf '%s' "$name"
      return
    fi
  done
  return 1
}

# in_shell_of NODE COMMAND: runs a command in the shell of a node
in_shell_of() {
  (
    use_node "$1"
    find_process || exit 3
    find_java
    run_cli shell "$NODE_DIR/etc" "$SHELL_PORT" "$2" </dev/null
  )
}

# some_member: sets MEMBER to a node of this home that runs
some_member() {
  local name
  for name in $(home_nodes); do
    if (use_node "$name" && find_process); then
      MEMBER=$name
      return
    fi
  done
  fail 3 "No node of $HOME_DIR runs." "$SELF start"
}

command_cluster() {
  local word=${ARGUMENTS[0]-}
  ARGUMENTS=("${ARGUMENTS[@]:1}")
  case $word in
    status) ;;
    '') usage 'cluster needs a word: status.' ;;
    *) unknown option "$word" status ;;
  esac
  no_more_arguments --json
  some_member
  local flag=''
  [[ $FLAGS == *' --json '* ]] && flag=' --json'
  use_node "$MEMBER"
  ARGUMENTS=("cluster:status$flag")
  command_shell
}

command_node() {
  local word=${ARGUMENTS[0]-} name=${ARGUMENTS[1]-}
  case $word in
    add)
      ARGUMENTS=("${ARGUMENTS[@]:1}")
      add_node
      ;;
    remove | forget)
      [[ -n $name ]] || usage "node $word needs the name of a node."
      ARGUMENTS=("${ARGUMENTS[@]:2}")
      no_more_arguments
      "${word}_node" "$name"
      ;;
    reset-admin)
      ARGUMENTS=("${ARGUMENTS[@]:1}")
      take_node
      no_more_arguments
      use_node "$NODE"
      reset_admin
      ;;
    '') usage 'node needs a word: add, remove, forget or reset-admin.' ;;
    *) unknown option "$word" add remove forget reset-admin ;;
  esac
}

# Makes the next node of this home and lets it join.
add_node() {
  local number
  no_more_arguments
  for number in {1..99}; do
    [[ -d $HOME_DIR/node$number ]] || break
  done
  use_node "node$number"
  start_node
  say "$NODE is ready: http://localhost:$HTTP_PORT"
}

# Gives the administrator another password, through a node that runs, for whoever owns its files; shows it once.
reset_admin() {
  local file=$NODE_DIR/run/reset-admin begin
  find_process || fail 3 "$NODE does not run, and a node that runs must take the password." "$SELF start $NODE"
  make_password "$file"
  begin=$(milliseconds)
  while [[ -e $file ]]; do
    if (($(milliseconds) - begin > SETTLE_SECONDS * 1000)); then
      rm -f "$file"
      fail 7 "$NODE has not taken another password within $SETTLE_SECONDS s." "$SELF logs $NODE"
    fi
    sleep 0.1
  done
  printf '\n  The administrator of this cluster, shown this once:\n\n    user      admin\n    password  %s\n\n' "$MADE_PASSWORD"
  MADE_PASSWORD=''
}

# remove_node NAME: lets a node leave when another one has all it has, and removes its folder
remove_node() {
  local other
  use_node "$1"
  [[ -d $NODE_DIR ]] || fail 1 "There is no $NODE in $HOME_DIR. To remove a node of another machine, stop it and forget it." "$SELF node forget $NODE"
  other=$(another_member) || fail 3 "No other node of $HOME_DIR runs, which would have what $NODE has." "$SELF start"
  if find_process; then
    await_joined "$other" "$NODE"
    stop_process
  fi
  in_shell_of "$other" "cluster:node-forget $NODE" >/dev/null || fail 1 "$other could not forget $NODE."
  rm -rf "$NODE_DIR"
  say "Removed $NODE."
}

# await_joined BY NODE: waits until a node has the same state as another
await_joined() {
  local begin status
  begin=$(milliseconds)
  until status=$(in_shell_of "$1" 'cluster:status --json') \
    && grep -A2 "\"name\" : \"$2\"" <<<"$status" | grep -q '"status" : "JOINED"'; do
    if (($(milliseconds) - begin > SETTLE_SECONDS * 1000)); then
      fail 7 "$2 has not the same state as $1 after $SETTLE_SECONDS s, so it was not removed." "$SELF cluster status"
    fi
    sleep 0.2
  done
}

# forget_node NAME: for a node that will not come back
forget_node() {
  if ! compgen -G "$HOME_DIR/*/state.git" >/dev/null; then
    # no node is here, so it is about the cluster that somebody has logged in to
    command_remote node forget "$1"
    exit
  fi
  use_node "$1"
  if find_process; then
    fail 1 "$NODE runs. Remove it instead." "$SELF node remove $NODE"
  fi
  some_member
  in_shell_of "$MEMBER" "cluster:node-forget $1" || exit 1
}
