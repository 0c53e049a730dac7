import arrowRight from 'bootstrap-italia/src/svg/it-arrow-right.svg?raw';
import burger from 'bootstrap-italia/src/svg/it-burger.svg?raw';
import calendar from 'bootstrap-italia/src/svg/it-calendar.svg?raw';
import card from 'bootstrap-italia/src/svg/it-card.svg?raw';
import check from 'bootstrap-italia/src/svg/it-check.svg?raw';
import checkCircle from 'bootstrap-italia/src/svg/it-check-circle.svg?raw';
import chevronLeft from 'bootstrap-italia/src/svg/it-chevron-left.svg?raw';
import chevronRight from 'bootstrap-italia/src/svg/it-chevron-right.svg?raw';
import clip from 'bootstrap-italia/src/svg/it-clip.svg?raw';
import clock from 'bootstrap-italia/src/svg/it-clock.svg?raw';
import close from 'bootstrap-italia/src/svg/it-close.svg?raw';
import deleteIcon from 'bootstrap-italia/src/svg/it-delete.svg?raw';
import expand from 'bootstrap-italia/src/svg/it-expand.svg?raw';
import externalLink from 'bootstrap-italia/src/svg/it-external-link.svg?raw';
import pdf from 'bootstrap-italia/src/svg/it-file-pdf-ext.svg?raw';
import file from 'bootstrap-italia/src/svg/it-files.svg?raw';
import folder from 'bootstrap-italia/src/svg/it-folder.svg?raw';
import infoCircle from 'bootstrap-italia/src/svg/it-info-circle.svg?raw';
import locked from 'bootstrap-italia/src/svg/it-locked.svg?raw';
import logout from 'bootstrap-italia/src/svg/it-logout.svg?raw';
import mail from 'bootstrap-italia/src/svg/it-mail.svg?raw';
import pa from 'bootstrap-italia/src/svg/it-pa.svg?raw';
import pencil from 'bootstrap-italia/src/svg/it-pencil.svg?raw';
import print from 'bootstrap-italia/src/svg/it-print.svg?raw';
import refresh from 'bootstrap-italia/src/svg/it-refresh.svg?raw';
import search from 'bootstrap-italia/src/svg/it-search.svg?raw';
import share from 'bootstrap-italia/src/svg/it-share.svg?raw';
import starFull from 'bootstrap-italia/src/svg/it-star-full.svg?raw';
import starOutline from 'bootstrap-italia/src/svg/it-star-outline.svg?raw';
import telephone from 'bootstrap-italia/src/svg/it-telephone.svg?raw';
import upload from 'bootstrap-italia/src/svg/it-upload.svg?raw';
import user from 'bootstrap-italia/src/svg/it-user.svg?raw';
import warningCircle from 'bootstrap-italia/src/svg/it-warning-circle.svg?raw';

const drawings = {
  'arrow-right': arrowRight,
  burger,
  calendar,
  card,
  check,
  'check-circle': checkCircle,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  clip,
  clock,
  close,
  delete: deleteIcon,
  expand,
  'external-link': externalLink,
  file,
  folder,
  'info-circle': infoCircle,
  locked,
  logout,
  mail,
  pa,
  pdf,
  pencil,
  print,
  refresh,
  search,
  share,
  'star-full': starFull,
  'star-outline': starOutline,
  telephone,
  upload,
  user,
  'warning-circle': warningCircle,
};

export type IconName = keyof typeof drawings;

/** Decoration: what it means is said by the text beside it. */
export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }) {
  const [, shapes = ''] = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(drawings[name]) ?? [];
  return (
    <svg
      className={`icon ${className}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawings of a package, chosen by name
      dangerouslySetInnerHTML={{ __html: shapes }}
    />
  );
}
