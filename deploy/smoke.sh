#!/usr/bin/env bash
# An export through a running Leadferry, from a new workspace to the bytes of its file. Needs curl and node.
#   LEADFERRY   the command line, such as `docker compose run --rm -T cli` (default: bin/leadferry)
#   API_URL     the gateway's API (default: http://localhost:3000/api/v1)
set -euo pipefail
leadferry=${LEADFERRY:-bin/leadferry}
api=${API_URL:-http://localhost:3000/api/v1}
codename=smoke-$(date +%s)

json() { node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>{const v=process.argv[1].split(".").reduce((o,k)=>o?.[k],JSON.parse(s));if(v===undefined){console.error(s);process.exit(1)}console.log(v)})' "$1"; }
call() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $key" --header 'Content-Type: application/json' "$@"; }

$leadferry workspace create --codename "$codename" --name Smoke --locale en --json | json id >/dev/null
chatbot=$($leadferry chatbot create --workspace "$codename" --name smoke --owner-user-id smoke --json | json id)
key=$($leadferry key create --workspace "$codename" --owner-name Smoke --owner-email smoke@example.com --json | json token)

for n in 1 2 3; do
  call "$api/chatbots/$chatbot/leads" --data "{\"name\":\"Smoke $n\",\"email\":\"smoke-$n@example.com\"}" >/dev/null
done
for format in csv ndjson json xlsx; do
  id=$(call "$api/exports" --data "{\"dataset\":\"leads\",\"format\":\"$format\"}" | json id)
  for _ in $(seq 120); do
    state=$(call "$api/exports/$id" | json state)
    [ "$state" = queued ] || [ "$state" = running ] || break
    sleep 0.5
  done
  [ "$state" = completed ] || { echo "the $format export is $state"; exit 1; }
  wanted=$(call "$api/exports/$id" | json sha256)
  # The key is the gateway's, not the store's, so the redirect is not followed with it.
  link=$(call --output /dev/null --write-out '%{redirect_url}' "$api/exports/$id/download")
  got=$(curl --silent --show-error --fail "$link" | sha256sum | cut -d' ' -f1)
  [ "$wanted" = "$got" ] || { echo "the $format file's checksum is $got, not $wanted"; exit 1; }
  echo "$format: completed, $(call "$api/exports/$id" | json bytes) bytes, checksum as told"
done
$leadferry doctor
