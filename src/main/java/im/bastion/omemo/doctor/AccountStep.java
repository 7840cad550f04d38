// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import java.util.List;

/** One question about an account that somebody wants to encrypt to. Stateless; {@link AccountSteps} has the list. */
interface AccountStep {
    /** What is to be seen; empty when the step has nothing to look at. */
    List<Symptom> look(AccountKeys keys);
}
