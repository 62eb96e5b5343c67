import { useTranslation } from './i18n';

/** Who did something: a part of Trunkline in the reader's language; people and machines keep their names. */
export function useActorName(): (name: string) => string {
  const { t, has } = useTranslation();
  return (name) => {
    const part = name.replaceAll(' ', '-');
    return has(`by.${part}`) ? t(`by.${part}`) : name;
  };
}
