// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.check.PublishCheck;
import im.bastion.omemo.check.PublishChecks;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.policy.Refusal;
import org.dom4j.Element;

/** Asks the checks and records what they find; lets everything pass. */
final class QuestionedPublishes implements PublishJudge {
    private final OmemoRecord record;

    QuestionedPublishes(OmemoRecord record) {
        this.record = record;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        for (Element element : publish.items()) {
            PublishedItem item = PublishedItem.of(publish.node(), element);
            for (PublishCheck check : PublishChecks.ALL) {
                String finding = check.finding(item);
                if (finding != null) {
                    record.questioned(publish.owner(), publish.nodeId(), check, finding);
                }
            }
        }
        return null;
    }
}
