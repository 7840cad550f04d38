// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import java.io.IOException;

/** How a report is written, peer by peer. Used once; not thread-safe. */
interface ReportFormat {
    void begin() throws IOException;

    void peer(PeerSummary summary) throws IOException;

    void end() throws IOException;
}
