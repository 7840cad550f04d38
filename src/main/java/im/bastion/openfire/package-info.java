// SPDX-License-Identifier: Apache-2.0
/**
 * The only code that knows Openfire; implements {@code host}. What differs between versions sits in {@code compat}. May
 * import: host, org.jivesoftware, its sub-package.
 */
package im.bastion.openfire;
