# shellcheck shell=bash
# What each command does, with an example.

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
    version) help_version ;;
    *) help_all ;;
  esac
  say "
Options of every command:
  --home DIR      where nodes live (SERAI_HOME, or ~/serai)
  --base-port P   moves all ports (SERAI_BASE_PORT, or 8080): node n serves HTTP on P+n, its shell on P+100+n
  --node NODE     which node (node1)
  --help          this text

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running, 7 took too long."
}

help_all() {
  say "Serai runs integration services: drop a file into a folder, call it over HTTP.

Usage: $SELF [OPTION...] COMMAND

  quickstart        create and start a node, deploy a sample service, call it
  start [NODE]      start a node and wait until it is ready
  stop [NODE]       stop a node
  restart [NODE]    stop and start a node
  status [NODE]     say what runs, since when, and where; --json for scripts
  logs [NODE]       print the log; -f follows it
  shell [COMMAND]   open the shell of a node, or run one command in it
  service new NAME  make a service from a template
  version           print the version
  help [COMMAND]    explain a command

Example: $SELF quickstart"
}

help_quickstart() {
  say "Creates and starts a node, deploys a sample service and calls it. Run again, it says what is there and changes
nothing: the sample is given once, and never overwritten.

Usage: $SELF quickstart
Example: $SELF quickstart --base-port 9000"
}

help_start() {
  say "Starts a node and waits until its services answer, at most $READY_SECONDS s. A node that does not exist is made; one that runs is
left alone. If it fails, the reason is printed and nothing is left running.

Usage: $SELF start [NODE]
Example: $SELF start node1

Environment:
  JAVA_HOME        the Java to run on, version $JAVA_FROM to $JAVA_TO
  SERAI_HEAP       the largest heap (512m)
  SERAI_JAVA_OPTS  more options of the JVM
  SERAI_GROUPS     groups the node belongs to, parted by commas"
}

help_stop() {
  say "Stops a node: calls in flight end, then the process does. After $STOP_SECONDS s it is killed.

Usage: $SELF stop [NODE]
Example: $SELF stop node1"
}

help_restart() {
  say "Stops a node, if it runs, and starts it.

Usage: $SELF restart [NODE]
Example: $SELF restart node1"
}

help_status() {
  say "Says whether a node is ready, since when it runs, and where things are. Exits with 0 if it is ready, with 1 if it runs
but is not ready, with 3 if it does not run.

Usage: $SELF status [NODE] [--json]
Example: $SELF status --json"
}

help_logs() {
  say "Prints the end of a node's log.

Usage: $SELF logs [NODE] [-f|--follow] [-n|--lines COUNT]
Example: $SELF logs -f"
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
Example: $SELF service new orders.get --into deploy"
}

help_version() {
  say "Prints the version of Serai and of the Karaf it runs on.

Usage: $SELF version
Example: $SELF version"
}
