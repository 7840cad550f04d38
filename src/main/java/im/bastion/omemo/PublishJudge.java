// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.policy.Refusal;

/** Looks at what is published to OMEMO nodes. {@link OmemoFeature} has the list; each sees what those before it made of it. */
interface PublishJudge {
    /** Lets the publish go on, as it now is, with null; or says why it must not. */
    Refusal judge(PublishRequest publish);
}
