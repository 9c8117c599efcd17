# shellcheck shell=bash disable=SC2034
# The command line: options that every command takes, the command, and what is left for it.

COMMANDS=(quickstart start stop restart status logs shell service node cluster version help)
COMMAND='' HELP='' HOME_DIR='' BASE_PORT='' NODE='' HOST='' TOKEN=''
ARGUMENTS=() NODES=()

parse_options() {
  while (($#)); do
    case $1 in
      --home=* | --base-port=* | --node=* | --host=* | --groups=* | --join=*) take_option "${1%%=*}" "${1#*=}" ;;
      --home | --base-port | --node | --host | --groups | --join)
        (($# > 1)) || usage "$1 needs a value."
        take_option "$1" "$2"
        shift
        ;;
      -h | --help) HELP=yes ;;
      --)
        shift
        ARGUMENTS+=("$@")
        break
        ;;
      *)
        if [[ -z $COMMAND ]] && ! is_launchers "$@"; then
          COMMAND=remote ARGUMENTS=("$@")
          break
        fi
        if [[ $COMMAND == shell ]]; then
          # the rest is for the shell of the node
          ARGUMENTS+=("$@")
          break
        fi
        take_word "$1"
        ;;
    esac
    shift
  done
  COMMAND=${COMMAND:-help}
  resolve_home
  resolve_start
  resolve_node
}

take_option() {
  case $1 in
    --home) HOME_DIR=$2 ;;
    --base-port) BASE_PORT=$2 ;;
    --node) NODE=$2 ;;
    --host) HOST=$2 ;;
    --groups) CHOSEN_GROUPS=$2 ;;
    --join) TOKEN=$2 ;;
  esac
}

# is_launchers WORD...: whether the launcher does what the words say; what it does not know is for the cluster
is_launchers() {
  case $1 in
    service) [[ $# == 1 || ${2-} == new || ${2-} == -* ]] ;;
    node) [[ $# == 1 || ${2-} == add || ${2-} == remove || ${2-} == forget || ${2-} == reset-admin || ${2-} == -* ]] ;;
    --version | log) true ;;
    *) [[ " ${COMMANDS[*]} " == *" $1 "* ]] ;;
  esac
}

take_word() {
  if [[ -n $COMMAND ]]; then
    ARGUMENTS+=("$1")
  elif [[ $1 == --version ]]; then
    COMMAND=version
  elif [[ $1 == log ]]; then
    COMMAND=logs
  else
    COMMAND=$1
  fi
}

# unknown WHAT WORD KNOWN...
unknown() {
  local what=$1 word=$2 near
  shift 2
  near=$(nearest "$word" "$@")
  if [[ -n $near ]]; then
    fail 2 "'$word' is not an $what of $COMMAND. Did you mean '$near'?" "$SELF $COMMAND --help"
  fi
  fail 2 "'$word' is not known here." "$SELF ${COMMAND:+$COMMAND }--help"
}

usage() {
  fail 2 "$1" "$SELF ${COMMAND:+$COMMAND }--help"
}

resolve_home() {
  HOME_DIR=${HOME_DIR:-${SERAI_HOME:-${HOME:-$PWD}/serai}}
  [[ $HOME_DIR == /* ]] || HOME_DIR=$PWD/$HOME_DIR
  [[ $HOME_DIR == / ]] || HOME_DIR=${HOME_DIR%/}
  if [[ $HOME_DIR == *:* ]]; then
    usage "'$HOME_DIR' cannot be a home: Java splits paths at colons."
  fi
}

# What only commands take that start a node.
resolve_start() {
  local command="$COMMAND ${ARGUMENTS[0]-}"
  case $command in
    start\ * | node\ add)
      TOKEN=${TOKEN:-${SERAI_JOIN_TOKEN-}}
      resolve_groups
      ;;
    restart\ * | quickstart\ *)
      [[ -z $TOKEN ]] || usage "$COMMAND takes no token: a node that has joined needs none."
      resolve_groups
      ;;
    *)
      [[ -z $TOKEN && -z ${CHOSEN_GROUPS+chosen} ]] || usage '--join and --groups are for commands that start a node.'
      ;;
  esac
}

# The groups that nodes are started with; each keeps its own for later starts. Without a choice CHOSEN_GROUPS is not set.
resolve_groups() {
  if [[ -z ${CHOSEN_GROUPS+chosen} ]]; then
    [[ -n ${SERAI_GROUPS-} ]] || return 0
    CHOSEN_GROUPS=$SERAI_GROUPS
  fi
  local name names checked=''
  IFS=, read -r -a names <<<"$CHOSEN_GROUPS"
  for name in ${names[@]+"${names[@]}"}; do
    name=${name# }
    if [[ ! $name =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$ ]]; then
      usage "'$name' cannot be the name of a group. It has 1 to 63 letters, digits, dots, hyphens or underscores, and begins with a letter or digit."
    fi
    [[ ",$checked," != *",$name,"* ]] || usage "The group '$name' is named twice."
    checked+=${checked:+,}$name
  done
  CHOSEN_GROUPS=$checked
}

# Names the nodes: --node, or the word of a command that takes one; otherwise all that there are.
resolve_node() {
  case $COMMAND in
    start | stop | restart | status | logs) take_node ;;
  esac
  mapfile -t NODES < <(home_nodes)
  if [[ -n $NODE || ${#NODES[@]} == 0 ]]; then
    NODES=("${NODE:-node1}")
  fi
  resolve_host
  use_node "${NODES[0]}"
}

# use_node NAME: sets what depends on the node
use_node() {
  NODE=$1
  if [[ ! $NODE =~ ^node([1-9][0-9]?)$ ]]; then
    usage "'$NODE' is not the name of a node. Nodes are called node1 to node99."
  fi
  NODE_NUMBER=${BASH_REMATCH[1]}
  NODE_DIR=$HOME_DIR/$NODE
  NODE_GROUPS=''
  [[ ! -r $NODE_DIR/groups ]] || NODE_GROUPS=$(<"$NODE_DIR/groups")
  resolve_ports
}

# The nodes of the home that have been made, by number.
home_nodes() {
  local number
  for number in {1..99}; do
    [[ -d $HOME_DIR/node$number/etc ]] && printf 'node%s\n' "$number"
  done
}

# Takes the first word that is neither an option nor a number for the node.
take_node() {
  local word rest=() taken=''
  for word in ${ARGUMENTS[@]+"${ARGUMENTS[@]}"}; do
    if [[ -z $taken && $word != -* && ! $word =~ ^[0-9]+$ ]]; then
      NODE=$word taken=yes
    else
      rest+=("$word")
    fi
  done
  ARGUMENTS=(${rest[@]+"${rest[@]}"})
}

# The host that nodes listen on for one another and reach each other by; it is kept for later starts.
resolve_host() {
  CHOSEN_HOST=${HOST:-${SERAI_HOST-}}
  if [[ -z $CHOSEN_HOST && -r $HOME_DIR/host ]]; then
    HOST=$(<"$HOME_DIR/host")
  else
    HOST=${CHOSEN_HOST:-127.0.0.1}
  fi
  [[ $HOST =~ ^[A-Za-z0-9.:_-]+$ ]] || usage "'$HOST' is not a host."
}

resolve_ports() {
  CHOSEN_BASE_PORT=${BASE_PORT:-${SERAI_BASE_PORT-}}
  if [[ -z $CHOSEN_BASE_PORT && -r $HOME_DIR/base-port ]]; then
    BASE_PORT=$(<"$HOME_DIR/base-port")
  else
    BASE_PORT=${CHOSEN_BASE_PORT:-8080}
  fi
  if [[ ! $BASE_PORT =~ ^[1-9][0-9]{0,4}$ ]] || ((BASE_PORT > 64700)); then
    usage "'$BASE_PORT' is not a base port. It is a number from 1 to 64700."
  fi
  set_ports "$BASE_PORT"
}

set_ports() {
  BASE_PORT=$1
  HTTP_PORT=$((BASE_PORT + NODE_NUMBER))
  SHELL_PORT=$((BASE_PORT + 100 + NODE_NUMBER))
  ADMIN_PORT=$((BASE_PORT + 360 + NODE_NUMBER))
  CLUSTER_PORT=$((BASE_PORT + 700 + NODE_NUMBER))
}

# no_more_arguments FLAG...: takes flags of the command out of what is left, sets FLAGS, and refuses anything else
no_more_arguments() {
  local word
  FLAGS=' '
  for word in ${ARGUMENTS[@]+"${ARGUMENTS[@]}"}; do
    [[ " $* " == *" $word "* ]] || unknown option "$word" "$@" --home --base-port --node --host --groups --join --help
    FLAGS+="$word "
  done
}
