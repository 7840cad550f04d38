// SPDX-License-Identifier: Apache-2.0
/**
 * The seam: what Bastion needs from an XMPP server, in Bastion's own words. Implemented by {@code im.bastion.openfire}
 * and, for tests, by {@code MemoryHost}. May import: the JDK, org.xmpp and org.dom4j (stanzas), javax.servlet.
 */
package im.bastion.host;
