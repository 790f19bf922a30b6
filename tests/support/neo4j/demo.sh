#!/bin/sh
# The demonstration on a server, then embedded: the same leads, byte for byte.
set -eu
linkgraph=$1 folder=$2 uri=$3
"$linkgraph" demo "$folder" --store "$uri"
leads="$folder/workspace/graphs/demo/leads.json"
cp "$leads" "$folder/leads.server.json"
"$linkgraph" -w "$folder/workspace" doctor --store "$uri" --inquiry demo | grep "^store"
"$linkgraph" -w "$folder/workspace" analyse --inquiry demo --store "" --top 1 >"$folder/embedded.txt"
cmp "$leads" "$folder/leads.server.json"
echo
echo "The leads from the server and from the embedded engine are the same, byte for byte:"
sha256sum "$leads" "$folder/leads.server.json"
