// Package arch holds the tests of the project's own shape: which package may
// import which, who alone may import a framework, how long a file and a
// function may be, that the migrations of both databases go in pairs. It has no
// code of its own and nobody imports it.
package arch
