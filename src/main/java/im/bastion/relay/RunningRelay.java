// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.credential.CredentialBook;

/** A relay that runs, what is minted for it and what it proves itself with. */
record RunningRelay(RelayServer server, CredentialBook credentials, RelayIdentity identity) {}
