/**
 * The check-up before the first token is spent: what is looked at on this machine, in the policy, in agents and in the
 * repository, and how it is told. Begin at {@link dev.pawl.app.doctor.Doctor}.
 */
@NullMarked
package dev.pawl.app.doctor;

import org.jspecify.annotations.NullMarked;
