// SPDX-License-Identifier: Apache-2.0
/** Rules about many people doing the same: waves and the shield against them. */
package im.bastion.moderation.wave;
