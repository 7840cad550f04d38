// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

import im.bastion.host.HostException;
import im.bastion.host.Stanzas;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Commands that belong together, and the dialogue about them. Carried out on a thread of its own; up to {@link
 * #MAX_WAITING} wait.
 *
 * @param <A> who asks, and where
 * @param <C> the commands
 */
public final class CommandList<A, C extends Command<A>> implements AutoCloseable {
    /** The namespace. */
    public static final String COMMANDS = "http://jabber.org/protocol/commands";

    /** How many requests may wait. */
    public static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandList.class);
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    private final String prefix;
    private final List<C> commands;
    private final BiPredicate<C, A> allowed;
    private final Stanzas stanzas;
    private final ThreadPoolExecutor worker;

    /**
     * @param prefix of the commands' nodes
     * @param allowed who may run which
     * @param thread the name of the thread
     */
    public CommandList(String prefix, List<C> commands, BiPredicate<C, A> allowed, Stanzas stanzas, String thread) {
        this.prefix = prefix;
        this.commands = List.copyOf(commands);
        this.allowed = allowed;
        this.stanzas = stanzas;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
            Thread made = new Thread(task, thread);
            made.setDaemon(true);
            return made;
        });
    }

    /** Whether the node is that of one of these commands. */
    public boolean has(String node) {
        return find(node) != null;
    }

    /** Adds the commands that the asker may run to the list of commands of {@code where} (XEP-0050 §2.2). */
    public void addTo(Element query, JID where, A asker) {
        for (C command : commands) {
            if (allowed.test(command, asker)) {
                query.addElement("item")
                        .addAttribute("jid", where.toString())
                        .addAttribute("node", prefix + command.node())
                        .addAttribute("name", command.name());
            }
        }
    }

    /** What is to be known about one command (XEP-0050 §2.3); null when it is none of these. */
    public Verdict info(IQ request, String node) {
        C command = find(node);
        if (command == null) {
            return null;
        }
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", DISCO_INFO);
        query.addAttribute("node", prefix + command.node());
        query.addElement("identity")
                .addAttribute("category", "automation")
                .addAttribute("type", "command-node")
                .addAttribute("name", command.name());
        query.addElement("feature").addAttribute("var", COMMANDS);
        query.addElement("feature").addAttribute("var", "jabber:x:data");
        return Verdict.answer(result);
    }

    /**
     * Runs a command, soon; the answer goes to {@code sender}.
     *
     * @param sender the full JID
     */
    public Verdict run(IQ request, JID sender, A asker) {
        Element child = request.getChildElement();
        C command = find(child.attributeValue("node", ""));
        if (command == null) {
            return Replies.refuse(request, "item-not-found", "cancel", "There is no such command here.");
        }
        if (!allowed.test(command, asker)) {
            return Replies.refuse(request, "forbidden", "auth", "This command is not for you here.");
        }
        String action = child.attributeValue("action", "execute");
        if (!Set.of("execute", "complete", "next", "cancel").contains(action)) {
            return Replies.refuse(request, "bad-request", "modify", "\"action\" must be execute, complete or cancel.");
        }
        try {
            IQ kept = request.createCopy();
            worker.execute(() -> stanzas.send(answered(kept, command, action, sender, asker)));
            return Verdict.SWALLOW;
        } catch (RejectedExecutionException e) {
            return Replies.refuse(request, "resource-constraint", "wait", "Too much is waiting. Try again later.");
        }
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

    private IQ answered(IQ request, C command, String action, JID sender, A asker) {
        IQ reply;
        try {
            reply = action.equals("cancel") ? reply(request, command, "canceled") : carriedOut(request, command, asker);
        } catch (CommandException e) {
            reply = Replies.error(request, "bad-request", "modify", e.getMessage());
        } catch (HostException e) {
            LOG.warn("The command {} of {} failed: {}", command.node(), sender, e.getMessage());
            reply = Replies.error(
                    request, "internal-server-error", "wait", "It could not be done now. Try again later.");
        } catch (RuntimeException e) {
            LOG.error("The command {} of {} failed", command.node(), sender, e);
            reply = Replies.error(request, "internal-server-error", "cancel", "It could not be done.");
        }
        reply.setTo(sender);
        return reply;
    }

    private IQ carriedOut(IQ request, C command, A asker) throws CommandException {
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

    private IQ reply(IQ request, C command, String status) {
        IQ reply = IQ.createResultIQ(request);
        String session = request.getChildElement().attributeValue("sessionid", "");
        reply.setChildElement("command", COMMANDS)
                .addAttribute("node", prefix + command.node())
                .addAttribute("sessionid", session.isEmpty() ? UUID.randomUUID().toString() : session)
                .addAttribute("status", status);
        return reply;
    }

    private C find(String node) {
        return commands.stream()
                .filter(command -> node.equals(prefix + command.node()))
                .findFirst()
                .orElse(null);
    }
}
