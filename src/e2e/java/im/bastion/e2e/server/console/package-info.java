// SPDX-License-Identifier: Apache-2.0
/** The admin console of the assembled 4.2.0, whose own web application is not on Maven Central. */
package im.bastion.e2e.server.console;
