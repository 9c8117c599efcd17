# shellcheck shell=bash
# What each command does, with an example.

# help_for COMMAND: of the launcher's own commands; the others explain themselves
help_for() {
  if is_launchers "$1" || [[ $1 == help ]]; then
    print_help "$1"
  else
    command_remote "$1" --help
  fi
}

print_help() {
  local topic=${1:-help}
  if [[ " ${COMMANDS[*]} " != *" $topic "* ]]; then
    topic=$COMMAND
  fi
  case $topic in
    quickstart) help_quickstart ;;
    start) help_start ;;
    stop) help_stop ;;
    restart) help_restart ;;
    status) help_status ;;
    logs) help_logs ;;
    shell) help_shell ;;
    service) help_service ;;
    node) help_node ;;
    cluster) help_cluster ;;
    version) help_version ;;
    *) help_all ;;
  esac
  say "
Options of every command:
  --home DIR      where nodes live (SERAI_HOME, or ~/serai)
  --base-port P   moves all ports (SERAI_BASE_PORT, or 8080): node n serves HTTP on P+n, its shell on P+100+n
  --node NODE     which node (node1)
  --host HOST     what nodes reach one another by (SERAI_HOST, or 127.0.0.1)
  --help          this text

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or not running, 4 conflict, 5 unauthorised, 6 unreachable,
7 took too long."
}

help_all() {
  say "Serai runs integration services: drop a file into a folder, call it over HTTP.

Usage: $SELF [OPTION...] COMMAND

  quickstart        create and start two nodes, deploy a sample service, call it
  start [NODE]      start all nodes, or one, and wait until they are ready
  stop [NODE]       stop all nodes, or one
  restart [NODE]    stop and start one node after the other, or one
  status [NODE]     say what runs, since when, and where; --json for scripts
  logs [NODE]       print the log; -f follows it
  shell [COMMAND]   open the shell of a node, or run one command in it
  service new NAME  make a service from a template
  node add          make one more node, which joins the cluster
  node remove NODE  let a node leave the cluster, and remove it
  cluster status    show the nodes of the cluster
  version           print the version
  help [COMMAND]    explain a command

Of a cluster, here or elsewhere:

  login [URL]       log in; without a URL at the node of this machine; logout, context
  get KIND [NAME]   show objects: service, artifact, rest-channel, node, user, ...
  KIND VERB [NAME]  what can be done with them, such as service invoke orders.get; KIND --help lists the verbs
  deploy FILE...    put files as artifacts, and wait until nodes run them
  delete KIND NAME  remove an object
  apply -f FILE     put the objects of files; diff -f says what that would change
  export [KIND...]  print objects so that they can be applied
  history, rollback tell who changed what, and bring an artifact back to an earlier version
  completion SHELL  print what bash, zsh or fish needs to complete words

Example: $SELF quickstart"
}

help_quickstart() {
  say "Creates and starts a cluster of two nodes, deploys a sample service on one and calls it on all. Run again, it says what is
there and changes nothing: the sample is given once, and never overwritten.

Usage: $SELF quickstart [--nodes COUNT] [--groups NAME,...]
Example: $SELF quickstart --nodes 3 --base-port 9000"
}

help_start() {
  say "Starts all nodes of the home, or one, and waits until their services answer, at most $READY_SECONDS s each. A node that does
not exist is made; one that runs is left alone. If one fails, the reason is printed and it is not left running. The first
node founds a cluster, others of the same home join it; with a token, a node joins a cluster of other machines. Groups are
kept for later starts of the node; --groups '' takes it out of all. When a cluster is founded, the password of its first
administrator is made up, and shown once.

Usage: $SELF start [NODE] [--join TOKEN] [--groups NAME,...]
Example: $SELF start node1 --groups edge

Environment:
  JAVA_HOME        the Java to run on, version $JAVA_FROM to $JAVA_TO
  SERAI_HEAP       the largest heap (512m)
  SERAI_JAVA_OPTS  more options of the JVM
  SERAI_GROUPS     groups the node is started with, like --groups
  SERAI_JOIN_TOKEN the token to join with"
}

help_stop() {
  say "Stops all nodes of the home, or one: calls in flight end, then the process does. After $STOP_SECONDS s it is killed.

Usage: $SELF stop [NODE]
Example: $SELF stop node1"
}

help_restart() {
  say "Stops and starts all nodes of the home, one after the other, or one; with --groups, in other groups than before.

Usage: $SELF restart [NODE] [--groups NAME,...]
Example: $SELF restart node1"
}

help_status() {
  say "Says of all nodes of the home, or of one, whether it is ready, since when it runs, and where things are. Exits with 0 if
all are ready, with 3 if none runs, with 1 otherwise.

Usage: $SELF status [NODE] [--json]
Example: $SELF status --json"
}

help_logs() {
  say "Prints the end of a node's log.

Usage: $SELF logs [NODE] [-f|--follow] [-n|--lines COUNT]
Example: $SELF logs -f

The word log means the same. Who changes the cluster, as it happens, tells: $SELF history --follow"
}

help_shell() {
  say "Opens the shell of a node, or runs one command in it and exits with its exit code. Tab completes; Ctrl-D leaves. What
follows the word shell is for the node's shell, so options of serai come before it.

Usage: $SELF shell [COMMAND]
Example: $SELF shell 'service:list --json'"
}

help_service() {
  say "Makes a service from a template: one Java file that can be dropped as it is, or a Maven project with a test.

Usage: $SELF service new NAME [--into DIR|deploy] [--package PACKAGE] [--project]
  NAME       lower-case words parted by dots or hyphens; orders.get answers at /orders/get
  --into     the folder it is put in; 'deploy' is the drop folder of the node (the current folder)
  --package  the Java package (the first word of the name)
  --project  a Maven project
Example: $SELF service new orders.get --into deploy

The services of a cluster, after a login; each has its own --help:
  service list, get NAME      show them
  service invoke NAME [JSON]  call one
  service stats [NAME]        show calls, errors and times; --watch goes on"
}

help_node() {
  say "Adds a node to the cluster, or removes one; gives a lost administrator another password.

Usage: $SELF node add [--join TOKEN] [--groups NAME,...]
       $SELF node remove NODE
       $SELF node forget NODE
       $SELF node reset-admin [NODE]
  add     makes the next node of this home and starts it; it joins, gets everything, and serves
  remove  waits until another node has all that NODE has, stops it, takes it off the cluster, and removes its folder
  forget  takes a node off the cluster that will not come back
  reset-admin  makes up another password of the user admin, who gets the role admin back and is enabled, and shows it once;
          needs a node of this home that runs, and no login: who owns the files of a node may
Example: $SELF node add

The nodes of a cluster, after a login: $SELF node list, $SELF node get NAME."
}

help_cluster() {
  say "Shows the nodes of the cluster, as a node of this home sees them: JOINED, SYNCING or UNREACHABLE, the groups of each,
and its head.

Usage: $SELF cluster status [--json]
Example: $SELF cluster status"
}

help_version() {
  say "Prints the version of Serai and of the Karaf it runs on.

Usage: $SELF version
Example: $SELF version"
}
