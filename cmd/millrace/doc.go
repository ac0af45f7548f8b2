// Command millrace is the whole product in one binary: the server, a demo, and
// benchmarks.
//
// One file per subcommand. Flags are declared here and nowhere else; each can be set
// by an environment variable MILLRACE_<NAME> as well.
package main
