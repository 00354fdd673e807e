# Short names for what the scripts do. `just` alone lists them.

_list:
    @just --list --unsorted

# The whole press on this machine: sample list, real SMTP, inbox in the browser
demo *arguments:
    cargo run --release --locked -- demo {{arguments}}

# Check the issue files
check *paths:
    cargo run --locked -- check {{paths}}

# Every test, on a PostgreSQL of its own
test *arguments:
    tests/run {{arguments}}

# Any bytes for every parser of outside input
fuzz *arguments:
    fuzz/run {{arguments}}

# What must hold before a change is taken: format, lints, docs, dependencies, tests, fuzzing
ci *arguments:
    .ci/run {{arguments}}

# Put the source into the standard format
fmt:
    cargo fmt --all

# Lints, as strict as in CI
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# The documentation of the code, in the browser
docs:
    cargo doc --workspace --no-deps --locked --document-private-items --open

# Speed, measured
bench *arguments:
    cargo bench --workspace --locked {{arguments}}
