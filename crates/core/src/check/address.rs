//! IP addresses, read and spelled as [`core::net`] does, in a fraction of its code.

use alloc::string::String;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use seedance_json::Sink;

/// Four decimal parts without leading zeros, and nothing else.
pub(super) fn v4(text: &str) -> Option<Ipv4Addr> {
    let mut rest = text.as_bytes();
    let mut octets = [0; 4];
    for (index, octet) in octets.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(b".")?;
        }
        if let [b'0', b'0'..=b'9', ..] = rest {
            return None;
        }
        *octet = u8::try_from(number(&mut rest, 10)?).ok()?;
    }
    rest.is_empty().then_some(octets.into())
}

/// Eight groups, of which `::` leaves out zeros and an IPv4 address may be the last two.
pub(super) fn v6(text: &str) -> Option<Ipv6Addr> {
    let mut rest = text;
    let mut groups = [0; 8];
    let mut count = 0;
    // How many groups stand before `::`.
    let mut gap = None;
    loop {
        if let (Some(behind), None) = (rest.strip_prefix("::"), gap) {
            gap = Some(count);
            rest = behind;
        } else if count > 0 && !rest.is_empty() {
            rest = rest.strip_prefix(':')?;
        }
        if rest.is_empty() && gap == Some(count) {
            break;
        }
        let mut behind = rest.as_bytes();
        let group = number(&mut behind, 16)?;
        if behind.first() == Some(&b'.') {
            let [a, b, c, d] = v4(rest)?.octets();
            *groups.get_mut(count)? = u16::from_be_bytes([a, b]);
            *groups.get_mut(count + 1)? = u16::from_be_bytes([c, d]);
            count += 2;
            break;
        }
        *groups.get_mut(count)? = group;
        count += 1;
        if behind.is_empty() {
            break;
        }
        rest = &rest[rest.len() - behind.len()..];
    }
    // `::` stands for a group at least.
    if gap.is_some() != (count < groups.len()) {
        return None;
    }
    let zeros = groups.len() - count;
    for place in (gap.unwrap_or(count)..count).rev() {
        groups.swap(place, place + zeros);
    }
    Some(groups.into())
}

/// Takes a number of up to four digits from the front.
fn number(rest: &mut &[u8], radix: u16) -> Option<u16> {
    let mut number = 0;
    let mut digits = 0;
    while let Some((first, behind)) = rest.split_first()
        && let Some(digit) = char::from(*first).to_digit(radix.into())
    {
        if digits == 4 {
            return None;
        }
        number = number * radix + digit as u16;
        digits += 1;
        *rest = behind;
    }
    (digits > 0).then_some(number)
}

/// The one spelling of an address.
pub(super) fn spelled(address: IpAddr) -> String {
    let mut text = String::new();
    match address {
        IpAddr::V4(address) => push_v4(&mut text, address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => {
                text.push_str("::ffff:");
                push_v4(&mut text, address);
            }
            None => push_groups(&mut text, address.segments()),
        },
    }
    text
}

fn push_v4(text: &mut String, address: Ipv4Addr) {
    for (index, octet) in address.octets().into_iter().enumerate() {
        if index > 0 {
            text.push('.');
        }
        text.unsigned(octet.into());
    }
}

fn push_groups(text: &mut String, groups: [u16; 8]) {
    // The first of the longest runs of zeros; one zero is no run.
    let (mut start, mut longest, mut zeros) = (groups.len(), 1, 0);
    for (index, group) in groups.into_iter().enumerate() {
        zeros = if group == 0 { zeros + 1 } else { 0 };
        if zeros > longest {
            (start, longest) = (index + 1 - zeros, zeros);
        }
    }
    let end = start + longest;
    for (index, group) in groups.into_iter().enumerate() {
        let is_left_out = (start..end).contains(&index);
        text.push_str(if index == start {
            "::"
        } else if is_left_out || index == 0 || index == end {
            ""
        } else {
            ":"
        });
        if is_left_out {
            continue;
        }
        for shift in [12, 8, 4, 0] {
            if group >> shift != 0 || shift == 0 {
                let digit = usize::from(group >> shift & 0xF);
                text.push(char::from(b"0123456789abcdef"[digit]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16_384, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(
            text in "(([0-9]{1,4}|25[0-9]|00)\\.){2,4}[0-9]{0,3}|(::?|[0f]:|([0-9a-fA-Fg]{0,5}|0|ffff)::?){0,9}([0-9a-f]{0,5}|(1?[0-9]{1,2}\\.){3}[0-9])(::?)?|([0-9a-f]{1,4}:){6,7}([0-9a-f]{1,4}|1.2.3.4|:)",
        ) {
            prop_assert_eq!(v4(&text), text.parse().ok());
            prop_assert_eq!(v6(&text), text.parse().ok());
        }

        #[test]
        fn addresses_are_spelled_as_the_standard_library_spells_them(
            groups in any::<[u16; 8]>(),
            zeros in any::<[bool; 8]>(),
            is_mapped in any::<bool>(),
        ) {
            let mut groups = groups;
            for (group, is_zero) in groups.iter_mut().zip(zeros) {
                if is_zero {
                    *group = 0;
                }
            }
            if is_mapped {
                groups[..6].copy_from_slice(&[0, 0, 0, 0, 0, 0xFFFF]);
            }
            let [.., c, d] = groups;
            for address in [IpAddr::from(groups), (u32::from(c) << 16 | u32::from(d)).to_be_bytes().into()] {
                prop_assert_eq!(spelled(address), address.to_string());
            }
        }
    }
}
