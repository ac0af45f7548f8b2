// Package regex matches PostgreSQL's advanced regular expressions: their syntax with
// back references, look-around, embedded options and character classes, and their
// rule of which text a match and its groups take.
//
// # Flow
//
//	pattern + Options -> parse -> syntax tree
//	                  -> program of the whole (states of a nondeterministic automaton)
//	                  -> dissection tree, when groups or back references are asked for
//
// Compile gives a Regexp; Match tells whether there is a match, Find where it is, All
// finds the matches one after the other.
//
// # Which match
//
// The match that begins first; of those, the longest or the shortest, as the first
// quantifier of the expression wants it. Groups are found afterwards, by dissecting the
// matched text from left to right: each part takes as much or as little as it prefers,
// and earlier parts come first. This is what PostgreSQL documents in its chapter on
// regular expression matching rules; leftmost-first engines give other groups.
//
// # Cost
//
// Without back references a search takes time proportional to the text times the number
// of states. Match uses Go's regexp, which is faster, wherever the expression can be
// said in its syntax: whether there is a match does not depend on preferences.
//
//   - I1: programs are built at Compile and never change; what a search needs beside
//     them is in the Regexp, which belongs to one goroutine.
//   - I2: a part of the dissection tree without groups, back references or mixed
//     preferences is one program; it is never taken apart.
//
// Errors are pgerr errors with code 2201B and PostgreSQL's words.
package regex
