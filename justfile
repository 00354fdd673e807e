# Short names for the scripts. `just` lists them.

_list:
    @just --list --unsorted

# Everything on this machine: sample list, real SMTP, inbox in the browser
demo *arguments:
    cargo run --release --locked -- demo {{arguments}}

# Check the issue files
check *paths:
    cargo run --locked -- check {{paths}}

# Every test, with a temporary PostgreSQL
test *arguments:
    tests/run {{arguments}}

# Fuzz every parser of outside input
fuzz *arguments:
    fuzz/run {{arguments}}

# What a change must pass: format, lints, docs, dependencies, tests, fuzzing
ci *arguments:
    .ci/run {{arguments}}

# Format the source
fmt:
    cargo fmt --all

# Lints, as strict as in CI
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# The documentation of the code, in the browser
docs:
    cargo doc --workspace --no-deps --locked --document-private-items --open

# Run the benches
bench *arguments:
    cargo bench --workspace --locked {{arguments}}
