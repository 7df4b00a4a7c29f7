#!/bin/sh
# Adds up a basket: one line per item with quantity, price in cents, and name.
# Usage: ./basket.sh < basket.txt
set -eu

total=0
while read -r quantity price name; do
    case $quantity in '' | '#'*) continue ;; esac
    total=$((total + quantity * price))
done
printf '%d.%02d\n' $((total / 100)) $((total % 100))
