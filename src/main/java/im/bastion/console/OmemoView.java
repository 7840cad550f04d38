// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;

/**
 * The OMEMO guard and the key log.
 *
 * @param log null where the log could not start
 */
public record OmemoView(Frame frame, GuardCard guard, KeyLog.Status log) {}
