import type { PortalAddressFragment } from '../api/operations.generated.ts';

/** Shape: `Via Roma 12/B, 24040 Calvenzano (BG)`. */
export function addressText(address: PortalAddressFragment): string {
  const street = [address.street, address.houseNumber].filter(Boolean).join(' ');
  const province = address.province === null ? '' : ` (${address.province})`;
  return `${street}, ${address.postalCode} ${address.town}${province}`;
}
