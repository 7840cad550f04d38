// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Stanzas;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;

/** Keeps what was sent; requests are answered at once. */
public final class MemoryStanzas implements Stanzas {
    private final List<Packet> sent = new CopyOnWriteArrayList<>();
    private volatile Function<IQ, IQ> answers;

    MemoryStanzas(MemoryIqServices services) {
        this.answers = services::ask;
    }

    @Override
    public void send(Packet stanza) {
        sent.add(stanza.createCopy());
    }

    @Override
    public void request(IQ request, long timeoutMillis, Consumer<IQ> answer) {
        answer.accept(answers.apply(request));
    }

    /** What was sent so far, oldest first. */
    public List<Packet> sent() {
        return List.copyOf(sent);
    }

    /** Forgets what was sent. */
    public void forget() {
        sent.clear();
    }

    /** Requests are answered by this from now on; null stands for "no answer in time". */
    public void answerWith(Function<IQ, IQ> function) {
        answers = function;
    }
}
