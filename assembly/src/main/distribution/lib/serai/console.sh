# shellcheck shell=bash disable=SC2034
# What the command says. Exit codes: 0 done, 1 failed, 2 usage, 3 not running, 7 timeout.

# quoted PATH: as it can be typed
quoted() {
  if [[ $1 =~ ^[A-Za-z0-9_./@%+=:,-]+$ ]]; then
    printf '%s' "$1"
  else
    printf "'%s'" "${1//\'/\'\\\'\'}"
  fi
}

# The command as the person can type it again.
SELF=$(quoted "${SERAI_COMMAND:-$0}")
if [[ $(command -v serai) == "$0" ]]; then
  SELF=serai
fi

say() {
  printf '%s\n' "$*"
}

# complain WHAT [HINT]
complain() {
  printf 'Error: %s\n' "$1" >&2
  if [[ -n ${2-} ]]; then
    printf 'Hint: %s\n' "$2" >&2
  fi
}

# fail CODE WHAT [HINT]
fail() {
  complain "$2" "${3-}"
  exit "$1"
}

milliseconds() {
  if [[ -n ${EPOCHREALTIME-} ]]; then
    local now=${EPOCHREALTIME/[.,]/}
    printf '%s' "${now%???}"
  else
    date +%s000
  fi
}

# seconds_since MILLISECONDS: with one decimal
seconds_since() {
  local tenths=$((($(milliseconds) - $1) / 100))
  printf '%s.%s s' $((tenths / 10)) $((tenths % 10))
}

# json_string TEXT: a JSON string literal
json_string() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  printf '"%s"' "${text//$'\t'/\\t}"
}

# nearest WORD CANDIDATE...: the candidate that fewest edits turn into the word, if three are enough
nearest() {
  local word=$1 best='' best_cost=4 candidate cost
  shift
  for candidate in "$@"; do
    cost=$(edit_distance "$word" "$candidate")
    if ((cost < best_cost)); then
      best=$candidate best_cost=$cost
    fi
  done
  printf '%s' "$best"
}

# edit_distance A B: Levenshtein's, one row at a time
edit_distance() {
  local a=$1 b=$2 i j cost diagonal above
  local -a row
  for ((j = 0; j <= ${#b}; j++)); do
    row[j]=$j
  done
  for ((i = 1; i <= ${#a}; i++)); do
    diagonal=${row[0]}
    row[0]=$i
    for ((j = 1; j <= ${#b}; j++)); do
      above=${row[j]}
      cost=$diagonal
      [[ ${a:i-1:1} == "${b:j-1:1}" ]] || cost=$((cost + 1))
      ((above + 1 < cost)) && cost=$((above + 1))
      ((row[j - 1] + 1 < cost)) && cost=$((row[j - 1] + 1))
      diagonal=$above
      row[j]=$cost
    done
  done
  printf '%s' "${row[${#b}]}"
}
