/** Pawl as tests start it, in this process or as the binary. What needs nothing but that stands here, too. */
@org.jspecify.annotations.NullMarked
package dev.pawl.program;
