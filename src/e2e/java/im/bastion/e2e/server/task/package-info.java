// SPDX-License-Identifier: Apache-2.0
/** Tasks that tests run inside the server, compiled against Openfire 4.2.0 and touching only what 5.1 kept. */
package im.bastion.e2e.server.task;
