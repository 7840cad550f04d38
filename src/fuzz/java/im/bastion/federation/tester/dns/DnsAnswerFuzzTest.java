// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DnsAnswer;
import java.io.IOException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/** Whatever a name server sends: read or refused, and never more of it than a test looks at. */
class DnsAnswerFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyMessageIsReadOrRefused(FuzzedDataProvider data) throws IOException {
        Message message;
        try {
            message = new Message(data.consumeRemainingAsBytes());
        } catch (IOException e) {
            return;
        }
        Name name = message.getQuestion() == null
                ? Name.root
                : message.getQuestion().getName();
        DnsAnswer<Integer> answer = ValidatedDns.read(
                new ValidatedDns.Reply(message, Authenticity.INSECURE, ""), name, SRVRecord.class, SRVRecord::getPort);
        if (answer.records().size() > 32) {
            throw new AssertionError(answer);
        }
    }
}
