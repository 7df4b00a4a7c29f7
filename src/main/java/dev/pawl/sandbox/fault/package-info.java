/**
 * Faults that are declared, not programmed: which requests, when, and what goes wrong with them. A test or a rehearsal puts
 * rules together to a {@link dev.pawl.sandbox.fault.FaultPlan}. The same plan and the same requests give the same faults.
 * What a repository is (archived, renamed, without issues) stands in its settings instead, and what people do in
 * {@code Person}.
 */
@NullMarked
package dev.pawl.sandbox.fault;

import org.jspecify.annotations.NullMarked;
