// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Role;
import im.bastion.moderation.desk.RoomCommand.Access;
import im.bastion.moderation.desk.RoomCommand.Asker;
import im.bastion.moderation.request.Replies;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * The ad-hoc commands (XEP-0050) that every room offers, from any client: to moderators and owners what they need, to
 * everybody the way to appeal. Carried out on a thread of its own; up to {@link #MAX_WAITING} wait.
 */
public final class RoomCommands implements RoomResponder, AutoCloseable {
    /** How many requests may wait. */
    public static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RoomCommands.class);
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String PREFIX = "urn:bastion:room:";

    private final Host host;
    private final List<RoomCommand> commands;
    private final ThreadPoolExecutor worker;

    RoomCommands(Host host, List<RoomCommand> commands) {
        this.host = host;
        this.commands = commands;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
            Thread thread = new Thread(task, "bastion-desk");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Verdict answer(IQ request, JID sender, JID room) {
        Element child = request.getChildElement();
        if (child == null || room.getNode() == null) {
            return null;
        }
        return switch (child.getNamespaceURI()) {
            case DISCO_ITEMS ->
                COMMANDS.equals(child.attributeValue("node"))
                        ? Verdict.answer(items(request, child, new Asker(sender, room)))
                        : null;
            case DISCO_INFO -> info(request, child);
            case COMMANDS -> request.getType() == IQ.Type.set ? command(request, child, new Asker(sender, room)) : null;
            default -> null;
        };
    }

    @Override
    public Set<String> features() {
        return Set.of(COMMANDS);
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private IQ items(IQ request, Element child, Asker asker) {
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", DISCO_ITEMS);
        query.addAttribute("node", child.attributeValue("node"));
        for (RoomCommand command : commands) {
            if (mayRun(command, asker)) {
                query.addElement("item")
                        .addAttribute("jid", asker.room().toString())
                        .addAttribute("node", PREFIX + command.node())
                        .addAttribute("name", command.name());
            }
        }
        return result;
    }

    /** XEP-0050 §2.3. */
    private Verdict info(IQ request, Element child) {
        RoomCommand command = find(child.attributeValue("node", ""));
        if (command == null) {
            return null;
        }
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", DISCO_INFO);
        query.addAttribute("node", PREFIX + command.node());
        query.addElement("identity")
                .addAttribute("category", "automation")
                .addAttribute("type", "command-node")
                .addAttribute("name", command.name());
        query.addElement("feature").addAttribute("var", COMMANDS);
        query.addElement("feature").addAttribute("var", "jabber:x:data");
        return Verdict.answer(result);
    }

    private Verdict command(IQ request, Element child, Asker asker) {
        RoomCommand command = find(child.attributeValue("node", ""));
        if (command == null) {
            return Replies.refuse(request, "item-not-found", "cancel", "This room has no such command.");
        }
        if (!mayRun(command, asker)) {
            return Replies.refuse(request, "forbidden", "auth", "This command is not for you in this room.");
        }
        String action = child.attributeValue("action", "execute");
        if (!Set.of("execute", "complete", "next", "cancel").contains(action)) {
            return Replies.refuse(request, "bad-request", "modify", "\"action\" must be execute, complete or cancel.");
        }
        try {
            IQ kept = request.createCopy();
            worker.execute(() -> host.stanzas().send(answered(kept, command, action, asker)));
            return Verdict.SWALLOW;
        } catch (RejectedExecutionException e) {
            return Replies.refuse(request, "resource-constraint", "wait", "Too much is waiting. Try again later.");
        }
    }

    private IQ answered(IQ request, RoomCommand command, String action, Asker asker) {
        IQ reply;
        try {
            reply = action.equals("cancel") ? reply(request, command, "canceled") : carriedOut(request, command, asker);
        } catch (CommandException e) {
            reply = Replies.error(request, "bad-request", "modify", e.getMessage());
        } catch (HostException e) {
            LOG.warn("The command {} failed in {}: {}", command.node(), asker.room(), e.getMessage());
            reply = Replies.error(
                    request, "internal-server-error", "wait", "It could not be done now. Try again later.");
        } catch (RuntimeException e) {
            LOG.error("The command {} failed in {}", command.node(), asker.room(), e);
            reply = Replies.error(request, "internal-server-error", "cancel", "It could not be done.");
        }
        reply.setTo(asker.sender());
        return reply;
    }

    private static IQ carriedOut(IQ request, RoomCommand command, Asker asker) throws CommandException {
        Element submitted = request.getChildElement().element("x");
        boolean isSubmitted = submitted != null && "submit".equals(submitted.attributeValue("type"));
        CommandForm form = isSubmitted ? null : command.form(asker);
        if (form != null) {
            IQ reply = reply(request, command, "executing");
            Element actions = reply.getChildElement().addElement("actions").addAttribute("execute", "complete");
            actions.addElement("complete");
            form.addTo(reply.getChildElement(), "form", command.name());
            return reply;
        }
        CommandForm told = command.run(asker, new Fields(submitted));
        IQ reply = reply(request, command, "completed");
        if (told.hasFields()) {
            told.addTo(reply.getChildElement(), "result", command.name());
        } else {
            reply.getChildElement()
                    .addElement("note")
                    .addAttribute("type", "info")
                    .setText(told.text());
        }
        return reply;
    }

    private static IQ reply(IQ request, RoomCommand command, String status) {
        IQ reply = IQ.createResultIQ(request);
        String session = request.getChildElement().attributeValue("sessionid", "");
        reply.setChildElement("command", COMMANDS)
                .addAttribute("node", PREFIX + command.node())
                .addAttribute("sessionid", session.isEmpty() ? UUID.randomUUID().toString() : session)
                .addAttribute("status", status);
        return reply;
    }

    private RoomCommand find(String node) {
        return commands.stream()
                .filter(command -> node.equals(PREFIX + command.node()))
                .findFirst()
                .orElse(null);
    }

    private boolean mayRun(RoomCommand command, Asker asker) {
        if (command.access() == Access.ANYBODY || host.users().isAdmin(asker.sender())) {
            return true;
        }
        Affiliation affiliation = host.rooms().affiliation(asker.room(), asker.sender());
        boolean moderates = affiliation == Affiliation.OWNER
                || affiliation == Affiliation.ADMIN
                || host.rooms().occupants(asker.room(), asker.sender()).stream()
                        .anyMatch(occupant -> occupant.role() == Role.MODERATOR);
        return command.access() == Access.OWNERS ? affiliation == Affiliation.OWNER : moderates;
    }
}
