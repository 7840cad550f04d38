// SPDX-License-Identifier: Apache-2.0
/** What runs inside the server's JVM: a listener on a Unix socket that runs tasks of the tests there. */
package im.bastion.e2e.server.inside;
