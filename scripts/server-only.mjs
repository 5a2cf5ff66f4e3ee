// Stands in for the package "server-only" outside of Next, where there is no client bundle to guard.
