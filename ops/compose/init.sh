#!/bin/sh
# Installs what the demo of docker-compose.yml needs in the database; harmless to run again.
set -eu

url=postgresql://postgres:5432/tweeter
puck init --postgres "$url" --user owner
puck traffic --prepare --postgres "$url" --user owner
puck watch tweet.message --postgres "$url" --user owner
