/**
 * What can be done on GitHub, by a request or by a person: each act changes the world, writes the timeline and
 * enqueues its events. REST endpoints check rights first and then call the same acts.
 */
@NullMarked
package dev.pawl.sandbox.act;

import org.jspecify.annotations.NullMarked;
