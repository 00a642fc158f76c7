-- Grain: one kind of speaker, as speaker_kind tells them apart, with its names.
create or replace macro speaker_kinds() as table (
    select
        listed.kind,
        listed.name_kk,
        listed.name_ru,
        listed.name_en
    from (
        values
        (
            'head_of_state', 'Мемлекет басшылары',
            'Главы государств', 'Heads of state'
        ),
        (
            'diplomats', 'Дипломаттар мен СІМ',
            'Дипломаты и МИД', 'Diplomats and foreign ministries'
        ),
        (
            'parliament', 'Парламент пен мәслихаттар',
            'Парламент и маслихаты', 'Parliaments and councils'
        ),
        (
            'local_government', 'Әкімдіктер',
            'Местная власть', 'Local government'
        ),
        (
            'international', 'Халықаралық ұйымдар',
            'Международные организации', 'International organisations'
        ),
        (
            'law_and_rescue', 'Құқық қорғау, сот, құтқару',
            'Полиция, суд, спасатели', 'Police, courts, rescue'
        ),
        (
            'business', 'Бизнес',
            'Бизнес', 'Business'
        ),
        (
            'government', 'Үкімет пен мемлекеттік органдар',
            'Правительство и госорганы', 'Governments and state bodies'
        ),
        (
            'experts', 'Сарапшылар мен мамандар',
            'Эксперты и специалисты', 'Experts and specialists'
        ),
        (
            'culture_and_sport', 'Мәдениет пен спорт',
            'Культура и спорт', 'Culture and sport'
        ),
        (
            'media', 'БАҚ пен блогерлер',
            'СМИ и блогеры', 'Media and bloggers'
        ),
        (
            'associations', 'Қоғамдық ұйымдар',
            'Общественные организации', 'Associations'
        ),
        (
            'citizens', 'Тұрғындар',
            'Жители', 'Citizens'
        ),
        (
            'unknown', 'Белгісіз',
            'Неизвестно', 'Unknown'
        )
    ) as listed (kind, name_kk, name_ru, name_en)
);
