// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.Link;
import im.bastion.moderation.event.LinkScanner;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody sends addresses, in words or beside them. Fields: "max" (0), how many may be in one message; "deny", up to
 * 10,000 domains that may not be named at all, each with all below it; "allow", up to 10,000 domains that do not count.
 */
public final class LinkRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("link", Severity.INFO, "it contains a link that is not allowed in this room", LinkRule::read);

    private static final int MAX_DOMAINS = 10_000;
    private static final int MAX_DOMAIN_CHARS = 253;
    private static final int MAX_LINKS = 64;

    private final int max;
    private final Set<String> deny;
    private final Set<String> allow;

    private LinkRule(int max, Set<String> deny, Set<String> allow) {
        this.max = max;
        this.deny = deny;
        this.allow = allow;
    }

    private static LinkRule read(Definition definition) throws BrokenDefinition {
        Set<String> deny = domains(definition, "deny");
        Set<String> allow = domains(definition, "allow");
        for (String domain : allow) {
            if (deny.contains(domain)) {
                throw definition.broken("allow", "without " + domain + ", which \"deny\" has too");
            }
        }
        return new LinkRule(definition.integer("max", deny.isEmpty() ? 0 : MAX_LINKS, 0, MAX_LINKS), deny, allow);
    }

    private static Set<String> domains(Definition definition, String field) throws BrokenDefinition {
        Set<String> domains = new HashSet<>();
        List<String> texts = definition.optionalTexts(field, MAX_DOMAINS, MAX_DOMAIN_CHARS);
        for (int i = 0; i < texts.size(); i++) {
            Link link = LinkScanner.link("http://" + texts.get(i) + "/");
            boolean more = texts.get(i).chars().anyMatch(c -> c <= ' ' || "/@?#\\".indexOf(c) >= 0);
            if (link == null || more) {
                throw definition.broken(field + "[" + i + "]", "a domain such as example.org");
            }
            domains.add(link.host());
        }
        return Set.copyOf(domains);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        List<Link> links = event.shape().links();
        int counted = 0;
        for (Link link : links) {
            if (isIn(deny, link.host())) {
                return denied(link);
            }
            counted += isIn(allow, link.host()) ? 0 : 1;
        }
        for (Link link : event.shape().media()) {
            if (isIn(deny, link.host())) {
                return denied(link);
            }
            // A file's address is often in the body as well.
            counted += isIn(allow, link.host()) || links.contains(link) ? 0 : 1;
        }
        return counted > max ? new RuleOutcome.Finding(Evidence.fact("links=" + counted)) : RuleOutcome.PASS;
    }

    private static RuleOutcome denied(Link link) {
        return new RuleOutcome.Finding(Evidence.fact("domain=" + link.host()));
    }

    /** Whether the domain or one above it is in the set. */
    private static boolean isIn(Set<String> domains, String host) {
        if (domains.isEmpty()) {
            return false;
        }
        int begin = 0;
        while (begin >= 0) {
            if (domains.contains(host.substring(begin))) {
                return true;
            }
            int dot = host.indexOf('.', begin);
            begin = dot < 0 ? -1 : dot + 1;
        }
        return false;
    }
}
